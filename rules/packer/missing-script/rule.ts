import type { Finding } from '../../../core/finding.ts';
import { parentDirectory } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { mayBeMade, namedFiles } from '../../../languages/packer/named-files.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree, ScriptUse } from '../../../languages/packer/tree.ts';

/** When all files are missing and there are more than this, there is one cause. */
const FEW = 5;

export default definePackerRule({
  id: 'missing-script',
  summary: 'A file that a template refers to does not exist',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const uses = namedFiles(tree);
    const isFixed = ({ span }: ScriptUse): boolean => saysWhere(tree.source.text.slice(span.start, span.end));
    const missing = uses.filter(use => use.missing && use.span.file === undefined && !mayBeMade(use, tree));
    const isFound = uses.some(use => !use.missing && use.path !== undefined && !isFixed(use));
    const relative = missing.filter(use => !isFixed(use));
    // When none of several relative paths exists, Packer is evidently called in another directory.
    const isElsewhere = !isFound && haveCommonStart(relative);
    const certain = isElsewhere ? missing.filter(isFixed) : missing;
    if (certain.length > FEW && !uses.some(use => use.text !== undefined)) {
      yield {
        message: `None of the ${certain.length} files that this template refers to exist`,
        help: 'Check the directory that Packer is called in, or use `${path.root}`',
        span: certain[0]!.span,
      };
      return;
    }
    const found = new Set(
      uses.flatMap(use => (use.text && use.path !== undefined && !isFixed(use) ? parentDirectory(use.path) : [])),
    );
    for (const use of certain) {
      // Where the files of a module are put together, `path.root` is another directory.
      if (tree.module.isLibrary && isFixed(use)) continue;
      const isSure = isFixed(use) || isExpectedThere(use, found, tree);
      yield { ...finding(use), ...(isSure || use.otherCase !== undefined ? {} : { severity: 'info' as const }) };
    }
  },
});

function finding({ otherCase, span, value }: ScriptUse): Finding {
  if (otherCase !== undefined)
    return {
      message: 'File name differs in upper and lower case',
      help: /^[\w. -]{1,50}$/.test(otherCase)
        ? `Write ${quoted(otherCase)}: names are case-sensitive on Linux`
        : 'Write it as the file is',
      severity: 'warning',
      span,
    };
  const path = value.literal;
  const shown = path !== undefined && /^[\w./ -]{1,120}$/.test(path) ? ` ${quoted(path)}` : '';
  return {
    message: `File${shown} does not exist`,
    help: 'Correct the path, or create the file',
    span,
  };
}

/** Whether a relative path leads into a directory that is there, or beside another file that is found. */
function isExpectedThere({ path, value }: ScriptUse, found: ReadonlySet<string>, { module }: PackerTree): boolean {
  if (path === undefined) return false;
  const directory = parentDirectory(path);
  const isDeeper = value.literal?.replace(/^(?:\.\/)+/, '').includes('/') === true;
  return found.has(directory) || (isDeeper && module.hasDirectory(directory));
}

/** Whether a path does not depend on the directory that Packer is called in. */
function saysWhere(written: string): boolean {
  return written.includes('path.root') || written.startsWith('"/');
}

/** Several paths into one directory, or many names that should be beside the template. */
function haveCommonStart(uses: readonly ScriptUse[]): boolean {
  const counts = new Map<string, number>();
  for (const { value } of uses) {
    const [first = '', ...rest] = (value.literal ?? '').replace(/^(?:\.\/)+/, '').split('/');
    const start = rest.length > 0 ? first : '';
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return [...counts].some(([start, count]) => count > (start === '' ? FEW : 1));
}
