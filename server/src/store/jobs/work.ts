import type { Access } from '../statements.ts';
import type { Work } from '../work-contract.ts';
import { createChunks } from './chunks.ts';
import { createImportMarks } from './import-marks.ts';
import { createLeases } from './leases.ts';
import { createOutbox } from './outbox.ts';
import { createRequests } from './requests.ts';

export function createWork(access: Access): Work {
  return {
    isShared: access.read.dialect === 'postgres',
    leases: createLeases(access),
    requests: createRequests(access),
    outbox: createOutbox(access),
    imports: createImportMarks(access),
    chunks: createChunks(access),
  };
}
