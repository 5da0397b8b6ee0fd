/** How hard a literal is to guess when it does not look drawn by chance as a whole: `Word-word12`, short tokens. */
import { characterClasses, readsAsWords } from './entropy.ts';
import { PASSWORD_WORDS } from './name-words.ts';
import { nameSegments } from './names.ts';

const words = (text: string) => new Set(text.split(/\s+/).filter(word => word !== ''));

/** Words that people write where a password has to be: it is guessable when it has no others. */
const THROW_AWAY = words(`
  password passwords passwd passw pass pwd pw secret secrets secure top token key login access auth admin administrator
  administration root user users guest owner master super superuser test tests testing tester demo example sample dummy
  fake change changes changed changeme me it this that my mine the your our to be a an is not and or in on of for new old
  very real really bad good strong weak safe unsafe insecure default initial temp temporary tmp please welcome hello hi letmein let
  replace insert enter here some any qwerty qwertz qwert asdf asdfgh zxcv abc abcd abcde xyz foo bar baz iloveyou monkey
  dragon football summer winter spring autumn monday friday vagrant packer ansible terraform docker container containers
  podman kubernetes kube image images builder build builds ubuntu debian centos fedora rocky alma redhat rhel oracle linux windows
  win server servers host local localhost machine vm cloud dev develop development stage staging prod production qa ci cd
  service services svc app apps application api web site client backend frontend db database data sql mysql mariadb
  postgres postgresql pg mongo mongodb redis rabbit rabbitmq kafka elastic elasticsearch kibana grafana prometheus
  influx influxdb minio jenkins gitlab github git nexus sonar keycloak vault consul nginx apache tomcat wordpress drupal
  mail smtp ldap ssh sshd vpn vnc rdp tls ssl cert store keystore node python java spring django rails config configuration
  name value word string text env variable id number public private internal external system sys base main one two three`);

/** Letters that digits and signs stand for in `P@ssw0rd`. */
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '5': 's', '@': 'a', $: 's', '!': 'i' };

/** Whether all words of a text are throw-away ones, or those of the setting's own name. A text without words is. */
function isThrowAway(text: string, name: string): boolean {
  const own = new Set(nameSegments(name));
  const known = (word: string) => word.length < 2 || THROW_AWAY.has(word) || own.has(word);
  const read = (plain: string) =>
    plain
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .split(/[^a-z]+/)
      .every(known);
  return read(text) || read(text.replace(/[0135@$!](?=[0135@$!]{0,2}(?:[A-Za-z]|[_-][A-Za-z]))/g, sign => LEET[sign]!));
}

/** Whether a text is usual words that are spelled with figures and signs, with a number at most: `P@ssw0rd`, `Passw0rd123`. */
export function isDisguisedWord(text: string, name: string): boolean {
  if (text.length > 20 || !isThrowAway(text, name)) return false;
  const plain = text.replace(/[0135@$!](?=[A-Za-z])/g, sign => LEET[sign]!);
  const spoken = plain.replace(/([a-z])(?=[A-Z])/g, '$1 ').match(/[A-Za-z]{3,}/g) ?? [];
  return (
    spoken.some(({ length }) => length > 3) && spoken.join('').length >= plain.replace(/[^A-Za-z]/g, '').length - 1
  );
}

/** A longer value is judged by others. */
const LONGEST = 200;

/** Whether a password is not a throw-away one: 12 or more characters of three classes, with a word of its own; a passphrase. */
export function isStrongPassword(text: string, name: string): boolean {
  if (text.length < 12 || text.length > LONGEST) return false;
  return (characterClasses(text) >= 3 && !isThrowAway(text, name)) || looksDrawn(text) || isPassphrase(text, name);
}

/** Words of sentences, which passphrases drawn from a list of words do not have. */
const PROSE = words(`
  and any are at back before below by can cannot choose confirm do does for forgot from has have here how if incorrect
  into invalid its least longer may minimum must no none only optional or please repeat required reset should shorter so
  some than that then these they this type use used using was were when where which will with without wrong you you're`);

/** Whether a text is a passphrase: four or more words, with one sign between them, none of which is a usual one. */
export function isPassphrase(text: string, name: string): boolean {
  const sign = /^[A-Za-z]{3,16}([ ._-])/.exec(text.slice(0, 20))?.[1];
  if (sign === undefined || text.length > LONGEST || !/^[A-Za-z0-9 ._-]+$/.test(text)) return false;
  const pieces = text.split(sign);
  const spoken = pieces.filter(piece => /^[A-Za-z]{3,16}$/.test(piece));
  // A number may be among them; short words are those of sentences.
  const others = pieces.filter(piece => !spoken.includes(piece));
  if (spoken.length < 4 || others.length > 1 || others.some(piece => !/^[0-9]{1,6}$/.test(piece))) return false;
  const own = new Set(nameSegments(name));
  return spoken.every(piece => {
    const word = piece.toLowerCase();
    return !own.has(word) && !THROW_AWAY.has(word) && !PROSE.has(word) && !PASSWORD_WORDS.has(word);
  });
}

/** `Word/word12`: a password with a slash in it, and no path: those that look like it have an extension or more parts. */
export function isSlashedPassword(text: string, name: string): boolean {
  return (
    /^[A-Za-z0-9]+\/[A-Za-z0-9]+$/.test(text) &&
    /[A-Z]/.test(text) &&
    /[0-9]/.test(text) &&
    isStrongPassword(text, name)
  );
}

/**
 * Whether a token is not a name: capitals, small letters and digits in 12 or more characters, with a word of its own; or a
 * short text that was drawn by chance.
 */
export function isStrongToken(text: string, name: string): boolean {
  if (text.length > LONGEST) return false;
  const mixed = text.length >= 12 && /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text);
  // A path in a program (`config.apiKey1`, `Acme::Token2`) or a call is not a token.
  if (mixed && !/[(),;:<>{}[\]/\\]/.test(text) && !isThrowAway(text, name)) return true;
  return looksDrawn(text);
}

/** Pairs of letters that words are made of; a text drawn by chance has half as many of them as a word. */
const PAIRS = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ' +
    'ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol ' +
    'rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui ' +
    'fr oo ag ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu ' +
    'go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr ' +
    'cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je nk kn gs dy hy ze ks xt bs ik dd ' +
    'pt rp ky cy wr nd sk db gg'
  ).split(' '),
);

/** Whether letters of one case are too unlike words to be any. */
function isUnpronounceable(letters: string): boolean {
  const lower = letters.toLowerCase();
  let spoken = 0;
  for (let i = 0; i + 1 < lower.length; i++) if (PAIRS.has(lower.slice(i, i + 2))) spoken++;
  return spoken / (lower.length - 1) < 0.66;
}

/** Whether a short text of one case, or of one case and digits, was drawn by chance. */
export function looksDrawn(text: string): boolean {
  if (text.length < 8 || text.length > LONGEST || !/^(?:[a-z0-9]+|[A-Z0-9]+)$/.test(text)) return false;
  if (new Set(text).size < 6) return false;
  if (/^[A-Za-z]+$/.test(text)) return text.length >= 12 && isUnpronounceable(text);
  if (!/[A-Za-z]/.test(text) || readsAsWords(text)) return false;
  // `node1`, `sha256sum`, `v1beta2` change between letters and digits once or twice.
  const changes = text.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0;
  return changes >= 3 || (text.length >= 12 && changes >= 2 && isUnpronounceable(text.replace(/[0-9]/g, '')));
}

/** Whether a text of small letters, capitals and figures was drawn by chance: words and numbers that are joined have longer runs. */
export function looksShuffled(text: string): boolean {
  if (text.length < 10 || text.length > LONGEST || characterClasses(text) < 3 || /^v?\d{1,4}\.\d/.test(text))
    return false;
  const runs = text.match(/[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^A-Za-z0-9_.:/-]/g) ?? [];
  return runs.join('').length < 2.4 * runs.length;
}
