/** The question of the command to the worker that judges, and the answer. */
export interface Question {
  readonly number: number;
  /** The rule that alone can see the mutant, where it is in the rule's own file. */
  readonly rule?: string;
}

export interface Answer {
  readonly number: number;
  /** How many documents come by. */
  readonly reached: number;
  /** The document that shows another result, or why there is none. */
  readonly killedBy?: string;
}
