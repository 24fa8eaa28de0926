export const OnDemand = () => null;
