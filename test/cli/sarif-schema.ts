/**
 * The part of the SARIF 2.1.0 format that we write, as a JSON schema: stricter than the standard's own, because what is
 * not listed here is not to be there. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const text = { type: 'string', minLength: 1 };
const url = { type: 'string', pattern: '^https://' };
const level = { enum: ['none', 'note', 'warning', 'error'] };

/** §3.11: a message. */
const message = object({ text });
/** §3.4: where a file is; a relative URI, or an absolute one without a base. */
const artifactLocation = object(
  { uri: { type: 'string', pattern: "^[A-Za-z0-9\\-._~:/@!$&'()*+,;=%]+$" } },
  { uriBaseId: { const: '%SRCROOT%' } },
);
const fromOne = { type: 'integer', minimum: 1 };
/** §3.30: without `snippet`, on purpose. */
const region = object({ startLine: fromOne, startColumn: fromOne, endLine: fromOne, endColumn: fromOne });
/** §3.29 */
const physicalLocation = object({ artifactLocation }, { region });

/** §3.49: a rule. */
const descriptor = object(
  { id: text, shortDescription: message, helpUri: url, defaultConfiguration: object({ level }) },
  {
    /** §3.12: a multiformat message string needs its `text`. */
    help: object({ text, markdown: text }),
    properties: object(
      { tags: list(text, { minItems: 2, maxItems: 10, uniqueItems: true }) },
      { 'security-severity': { type: 'string', pattern: '^(?:10|[0-9])\\.[0-9]$' } },
    ),
  },
);
/** §3.27 */
const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level,
    message,
    locations: list(object({ physicalLocation }), { minItems: 1, maxItems: 1 }),
    partialFingerprints: object({
      'bakelint/v1': { type: 'string', pattern: '^[g-v]{32}$' },
      primaryLocationLineHash: { type: 'string', pattern: '^[g-v]{16}:[0-9]+$' },
    }),
  },
  {
    relatedLocations: list(object({ id: fromOne, message, physicalLocation }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    }),
    fixes: list(
      object({
        description: message,
        artifactChanges: list(
          object({
            artifactLocation,
            replacements: list(
              object({ deletedRegion: region, insertedContent: object({ text: { type: 'string' } }) }),
              { minItems: 1 },
            ),
          }),
          { minItems: 1 },
        ),
      }),
      { minItems: 1, uniqueItems: true },
    ),
  },
);

export const sarifSchema = object({
  $schema: url,
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object({
          name: { const: 'Bakelint' },
          version: text,
          semanticVersion: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+' },
          informationUri: url,
          rules: list(descriptor, { uniqueItems: true }),
        }),
      }),
      automationDetails: object({ id: { type: 'string', pattern: '/$' } }),
      columnKind: { const: 'utf16CodeUnits' },
      invocations: list(
        object({
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: list(object({ level, message })),
        }),
        { minItems: 1, maxItems: 1 },
      ),
      results: list(result),
    }),
    { minItems: 1, maxItems: 1 },
  ),
});
