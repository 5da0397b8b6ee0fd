/**
 * Commands, files and what the machine does at the end
 * (https://docs.cloud-init.io/en/latest/reference/modules.html#runcmd, …#write-files, …#power-state-change).
 */
import {
  any,
  bool,
  count,
  either,
  int,
  key,
  keysOf,
  like,
  list,
  map,
  mapOf,
  nothing,
  old,
  text,
  url,
  word,
} from './types.ts';

const WORDS = list(text);

export const COMMANDS = keysOf({
  runcmd: key(list(either(text, WORDS, nothing), 1), { example: '[systemctl restart nginx]' }),
  bootcmd: key(list(either(text, WORDS), 1), { example: '[modprobe overlay]' }),
  write_files: key(
    list(
      map(
        {
          path: key(text, { example: '/etc/motd' }),
          content: text,
          source: key(
            map(
              {
                uri: like(
                  /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:\S)/,
                  'a URL, such as `https://example.com/`, or an absolute path',
                ),
                headers: mapOf(text),
              },
              { required: ['uri'] },
            ),
            { since: '24.3' },
          ),
          owner: key(text, { example: 'root:root' }),
          permissions: key(like(/^\s*(?:0o?)?[0-7]{1,5}\s*$/i, "octal digits in quotes, such as `'0644'`"), {
            example: "'0644'",
          }),
          encoding: key(
            word('text/plain', 'b64', 'base64', 'gz', 'gzip', 'gz+b64', 'gz+base64', 'gzip+b64', 'gzip+base64'),
            { example: 'b64' },
          ),
          append: bool,
          defer: key(bool, { since: '21.4' }),
        },
        { required: ['path'] },
      ),
      1,
    ),
    { example: '[{path: /etc/motd, content: Welcome}]' },
  ),
  final_message: text,
  power_state: map(
    {
      mode: word('poweroff', 'reboot', 'halt'),
      delay: key(
        either(
          word('now'),
          count,
          old(like(/^\+?\d+$/, 'minutes as a number, or `now`'), '22.3', 'the minutes as a number, or `now`'),
        ),
        { example: 'now' },
      ),
      message: text,
      timeout: int,
      condition: key(either(text, bool, list(any)), { example: 'test -f /var/run/reboot-required' }),
    },
    { required: ['mode'] },
  ),
  phone_home: map(
    {
      url,
      post: key(
        either(
          word('all'),
          list(word('pub_key_rsa', 'pub_key_ecdsa', 'pub_key_ed25519', 'instance_id', 'hostname', 'fqdn')),
        ),
        { example: 'all' },
      ),
      tries: int,
    },
    { required: ['url'] },
  ),
  vendor_data: map({
    enabled: either(bool, old(text, '22.3', '`true` or `false` without quotes')),
    prefix: either(text, list(either(text, int))),
  }),
  random_seed: map({
    file: text,
    data: text,
    encoding: word('raw', 'base64', 'b64', 'gzip', 'gz'),
    command: list(text),
    command_required: bool,
  }),
});
