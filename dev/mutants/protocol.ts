/** What the command asks of the worker that judges, and what it is told. */
export interface Question {
  readonly number: number;
  /** The rule that alone can see the mutant, where it stands in the rule's own file. */
  readonly rule?: string;
}

export interface Answer {
  readonly number: number;
  /** How many documents come by. */
  readonly reached: number;
  /** The document that shows another result, or why there is none. */
  readonly killedBy?: string;
}
