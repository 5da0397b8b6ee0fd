/** A message for an error of the file system. */
export function reasonOf(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
      // Bytes of a name that are not UTF-8 became this character, so that the file cannot be named any more.
      if (path?.includes('\ufffd')) return 'its name is not valid UTF-8';
      return 'no such file or directory';
    case 'ERR_INVALID_ARG_VALUE':
      return 'no such file or directory';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'too many levels of symbolic links';
    case 'ENAMETOOLONG':
      return 'file name too long';
    default:
      return code ?? message;
  }
}

/** Whether the file system says that there is no such thing. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
