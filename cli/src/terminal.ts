/** What a command sees of the world: streams and environment. The only one who knows the real ones is main.ts. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** Columns of the screen that output goes to; absent when it goes to a file or another program. */
  readonly columns?: number | undefined;
  out(text: string): void;
  error(text: string): void;
  ask(question: string): Promise<string>;
  /** Standard input to its end. */
  read(): Promise<string>;
}
