import { useQuery } from '@tanstack/react-query';
import { may, type Role, sessionQuery } from '../../api/session.ts';

/** Whether the person who is signed in may do what takes this role. */
export const useMay = (role: Role): boolean => may(useQuery(sessionQuery()).data, role);
