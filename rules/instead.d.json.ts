/** Generated from the examples of the rules' pages: one of each language with which a rule is content, by rule. */
declare const instead: Readonly<Record<string, Readonly<Record<string, string>>>>;

export default instead;
