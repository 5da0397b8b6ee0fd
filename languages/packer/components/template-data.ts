/** The data that Packer gives to `{{ … }}` in attributes of components. */
import type { BlockSchema } from '../schema.ts';
import { words } from './table.ts';

/** https://developer.hashicorp.com/packer/docs/provisioners/shell#execute-command-example */
const COMMANDS = /^(?:elevated_)?execute_command$/;

/** The fields of the component itself that an attribute can use; `undefined` where that is not known. */
export function templateDataOf(attribute: string, { nested, used }: BlockSchema): readonly string[] | undefined {
  if (!used || nested) return undefined;
  const isKnown = used.kind === 'source' ? attribute === 'boot_command' : COMMANDS.test(attribute);
  const fields = isKnown ? words(used.component.templateData) : [];
  return fields.length > 0 ? fields : undefined;
}
