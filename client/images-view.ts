/** The Images view of the Explorer: layers, then images, then what each is built on and used by. */
import * as vscode from 'vscode';
import type { ImagesAnswer, ShownBase, ShownImage, ShownName, ShownPlace } from '../server/protocol.ts';

export const VIEW = 'bakelint.images';

/** What the view asks of a server that runs. */
export interface ImagesSource {
  images(token: vscode.CancellationToken, report: (done: number, total: number) => void): Promise<ImagesAnswer | null>;
  onImagesChanged(listener: () => void): vscode.Disposable;
}

type Node =
  | { readonly kind: 'layer'; readonly layer: ShownImage['layer']; readonly images: readonly ShownImage[] }
  | { readonly kind: 'image'; readonly image: ShownImage }
  | {
      readonly kind: 'detail';
      readonly label: string;
      readonly description: string;
      readonly icon: string;
      readonly place: ShownPlace | undefined;
    };

const LAYERS: Readonly<Record<ShownImage['layer'], string>> = {
  machine: 'Machine images',
  application: 'Application images',
};
/** Changes come in bursts. In milliseconds. */
const PAUSE = 1_000;

export function showImages(context: vscode.ExtensionContext, start: () => Promise<ImagesSource>): void {
  const tree = new ImagesTree(start);
  const view = vscode.window.createTreeView(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  tree.view = view;
  context.subscriptions.push(
    tree,
    view,
    vscode.commands.registerCommand('bakelint.refreshImages', () => tree.refresh()),
    vscode.languages.onDidChangeDiagnostics(() => tree.findingsChanged()),
  );
}

class ImagesTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  view: vscode.TreeView<Node> | undefined;
  private answer: Promise<ImagesAnswer | null> | undefined;
  private known: ImagesAnswer | undefined;
  private readonly stop = new vscode.CancellationTokenSource();
  private listener: vscode.Disposable | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: () => Promise<ImagesSource>) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.stop.cancel();
    this.listener?.dispose();
    this.changes.dispose();
  }

  refresh(): void {
    this.answer = undefined;
    this.changes.fire(undefined);
  }

  /** The numbers of findings are those that the editor shows. */
  findingsChanged(): void {
    if (this.known && this.view?.visible) this.later(() => this.changes.fire(undefined));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'layer': {
        const item = new vscode.TreeItem(LAYERS[node.layer], vscode.TreeItemCollapsibleState.Expanded);
        item.id = node.layer;
        item.description = `${node.images.length}`;
        item.iconPath = new vscode.ThemeIcon(node.layer === 'machine' ? 'vm' : 'package');
        item.accessibilityInformation = { label: `${LAYERS[node.layer]}, ${node.images.length}` };
        return item;
      }
      case 'image':
        return imageItem(node.image);
      case 'detail': {
        const item = new vscode.TreeItem(node.label);
        item.description = node.description;
        item.iconPath = new vscode.ThemeIcon(node.icon);
        item.tooltip = `${node.label} ${node.description}`;
        item.accessibilityInformation = { label: `${node.label} ${node.description}` };
        if (node.place) item.command = openCommand(node.place);
        return item;
      }
    }
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.layers();
    if (node.kind === 'layer') return node.images.map(image => ({ kind: 'image', image }));
    return node.kind === 'image' ? detailsOf(node.image, this.known?.images ?? []) : [];
  }

  private async layers(): Promise<Node[]> {
    this.answer ??= this.ask();
    let answer: ImagesAnswer | null;
    try {
      answer = await this.answer;
    } catch (error) {
      this.answer = undefined;
      this.say(`The images could not be listed: ${error instanceof Error ? error.message : error}`);
      return [];
    }
    if (!answer) return [];
    this.known = answer;
    const { images, unread } = answer;
    this.say(unread > 0 ? `${unread} ${unread === 1 ? 'directory' : 'directories'} could not be listed.` : undefined);
    return (['machine', 'application'] as const).flatMap(layer => {
      const own = images.filter(image => image.layer === layer);
      return own.length > 0 ? [{ kind: 'layer' as const, layer, images: own }] : [];
    });
  }

  private async ask(): Promise<ImagesAnswer | null> {
    if (!this.known) this.say('Searching for images…');
    const source = await this.start();
    this.listener ??= source.onImagesChanged(() => this.later(() => this.refresh()));
    const report = (done: number, total: number): void => {
      if (!this.known) this.say(`Searching for images… ${done} of ${total} files`);
    };
    // The view shows that something is going on.
    return vscode.window.withProgress({ location: { viewId: VIEW } }, () => source.images(this.stop.token, report));
  }

  private later(act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, PAUSE);
  }

  private say(message: string | undefined): void {
    if (this.view) this.view.message = message as string;
  }
}

function imageItem(image: ShownImage): vscode.TreeItem {
  const item = new vscode.TreeItem(image.name, vscode.TreeItemCollapsibleState.Collapsed);
  const base = image.bases.find(({ use }) => use === 'base');
  const count = findingsIn(image.uri);
  const findings = count === 0 ? [] : [`${count} ${count === 1 ? 'finding' : 'findings'}`];
  const said = [base && `on ${base.name}`, image.owner, ...findings].filter(one => one !== undefined);
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(image.uri));
  item.id = image.id;
  item.description = said.join(' · ');
  item.tooltip = [image.name, path, ...said].join('\n');
  item.iconPath = new vscode.ThemeIcon(hasEnded(image) ? 'warning' : image.layer === 'machine' ? 'vm' : 'package');
  item.contextValue = 'image';
  item.command = openCommand(image);
  item.accessibilityInformation = {
    label: [image.name, ...said, ...(hasEnded(image) ? ['the support of its base has ended'] : []), path].join(', '),
  };
  return item;
}

const today = (): string => new Date().toISOString().slice(0, 10);

const hasEnded = ({ bases }: ShownImage): boolean =>
  bases.some(({ use, supportEnds }) => use === 'base' && supportEnds !== undefined && supportEnds < today());

const findingsIn = (uri: string): number =>
  vscode.languages.getDiagnostics(vscode.Uri.parse(uri)).filter(({ source }) => source?.startsWith('bakelint')).length;

function detailsOf(image: ShownImage, images: readonly ShownImage[]): Node[] {
  const detail = (label: string, description: string, icon: string, place?: ShownPlace): Node => ({
    kind: 'detail',
    label,
    description,
    icon,
    place,
  });
  const said = (label: string, text: string | undefined, icon: string): Node[] =>
    text === undefined ? [] : [detail(label, text, icon)];
  const named = (label: string, icon: string) => (one: ShownName) =>
    detail(label, `${one.name}${one.certain ? '' : ' (uncertain)'}`, icon, one);
  const users = image.usedBy.flatMap(id => images.find(one => one.id === id) ?? []);
  return [
    ...image.bases.map(base =>
      detail(base.use === 'copy' ? 'Takes files from' : 'Built on', baseText(base), 'arrow-left', base),
    ),
    ...image.tags.map(named('Tagged', 'tag')),
    ...users.map(user => detail('Used by', user.name, 'arrow-right', user)),
    ...image.startedBy.map(named('Started by', 'play')),
    ...said('Owner', image.owner, 'person'),
    ...said('Purpose', image.purpose, 'info'),
    ...said('Refresh', image.refresh, 'sync'),
    ...said('Retirement', image.retirement, 'calendar'),
  ];
}

const TAGS = { digest: 'pinned by digest', tag: undefined, latest: 'moving tag' } as const;

function baseText({ name, certain, supportEnds, tag }: ShownBase): string {
  const ends =
    supportEnds === undefined
      ? undefined
      : `${supportEnds < today() ? 'support ended' : 'supported until'} ${supportEnds}`;
  const notes = [certain ? undefined : 'uncertain', tag && TAGS[tag], ends].filter(one => one !== undefined);
  return notes.length > 0 ? `${name} (${notes.join(', ')})` : name;
}

function openCommand({ uri, line, character }: ShownPlace): vscode.Command {
  const selection = new vscode.Range(line, character, line, character);
  return { command: 'vscode.open', title: 'Open', arguments: [vscode.Uri.parse(uri), { selection }] };
}
