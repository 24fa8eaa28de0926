export const Overview = () => null;
