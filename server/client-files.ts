import type { Connection } from 'vscode-languageserver';
import type { FileSource } from './files.ts';
import { type DirectoryAnswer, type FileAnswer, type FileQuestion, LIST_DIRECTORY, READ_FILE } from './protocol.ts';

/** The files as a client serves them that answers our requests. */
export function clientFiles(connection: Connection): FileSource {
  return {
    read: (uri, root, largest) =>
      connection.sendRequest<FileAnswer>(READ_FILE, {
        ...questionOf(uri, root),
        ...(largest === undefined ? {} : { largest }),
      }),
    list: (uri, root) => connection.sendRequest<DirectoryAnswer>(LIST_DIRECTORY, questionOf(uri, root)),
  };
}

const questionOf = (uri: string, root: string | undefined): FileQuestion =>
  root === undefined ? { uri } : { uri, root };
