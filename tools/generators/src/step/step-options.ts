/** What the generator is told; schema.json describes it to Nx. */
export interface StepOptions {
  readonly vendor: string;
  /** In the plural, lower-case words joined by hyphens. */
  readonly name: string;
  readonly class: string;
  readonly singular?: string;
}
