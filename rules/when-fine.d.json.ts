/** Generated from the section "When it is fine" of the rules' pages: Markdown, by rule; a rule without it is not there. */
declare const whenFine: Readonly<Record<string, string>>;

export default whenFine;
