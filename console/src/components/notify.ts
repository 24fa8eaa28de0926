import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem.ts';

/** Says that something was done. */
export const notifyDone = (message: string): void => {
  notifications.show({ message, color: 'teal', role: 'status' });
};

/** Says that something did not work; for places that have no room of their own for it. */
export const notifyProblem = (error: unknown): void => {
  notifications.show({ message: asProblem(error).message, color: 'red', role: 'alert', autoClose: 10_000 });
};
