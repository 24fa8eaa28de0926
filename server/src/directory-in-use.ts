/** Thrown when another process holds the data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';
}
