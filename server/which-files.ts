/** What a path or URI alone says of a file. */
import { type Engine, languageOf } from '../core/linter.ts';

/** Endings of files that are never documents, whatever they begin with. */
const OTHER =
  /\.(?:png|jpe?g|gif|webp|ico|svg|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|mov|wav|avi|pdf|docx?|xlsx?|pptx?|zip|gz|tgz|bz2|xz|zst|7z|tar|rar|jar|war|class|o|a|so|dll|dylib|exe|bin|wasm|pyc|db|sqlite3?|parquet|iso|img|qcow2|vmdk|ova|deb|rpm|apk|map|lock|md|mdx|html?|css|scss|jsx?|tsx?|[cm]js|[cm]ts|php|vue|svelte|py|pyi|ipynb|go|rs|java|kts?|scala|c|cc|cpp|h|hpp|cs|swift|rb|dart|lua|csv|tsv|log)$/i;
/** Names that hint at a document: then the content decides. */
const HINT = /docker|container|data/i;

/** Whether a file may be in a language of ours; most of cloud-init are known by their content only. */
export function mayBeDocument(engine: Engine, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return HINT.test(name) || !OTHER.test(name) || languageOf(engine, { path, text: '' }) !== undefined;
}

/** Whether a file decides what is ignored. */
export function decidesWhatIsIgnored(uri: string): boolean {
  return /\/\.(?:gitignore|bakelint\.(?:ya?ml|json))$/.test(uri);
}
