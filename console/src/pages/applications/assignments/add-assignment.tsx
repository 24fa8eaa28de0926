export const AddAssignment = () => null;
