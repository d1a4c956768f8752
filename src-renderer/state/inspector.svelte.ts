import { SvelteSet } from 'svelte/reactivity';
import type { Node, Pod, Workload } from '../../src-main/contract/index.ts';
import { collections } from '../../src-main/contract/vocabulary.ts';
import { Addresses } from './inspector-addresses.svelte.ts';
import { EntityEditor } from './inspector-editor.svelte.ts';
import { hitsOn, hitsOnPolicy } from './inspector-hits.ts';
import { parsePath, type Path } from './inspector-path.ts';
import { RowRemoval } from './inspector-removal.svelte.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

/** What the inspector shows: an entity, and the part of it that the selection means. */
export interface Inspected {
  readonly ref: string;
  readonly part: string | undefined;
}

const closedKey = 'inspector.closed';

/** The inspector of one project: its forms with what is typed in them, and how they are looked at. */
export class Inspector {
  readonly session: Session;
  readonly project: Project;
  readonly addresses: Addresses;
  readonly removal: RowRemoval;
  readonly #editors = new Map<string, EntityEditor>();
  readonly #closed: SvelteSet<string>;
  #asText = $state(false);
  readonly #pods = $derived.by(() => podMap(this.project.design.workloads ?? []));
  readonly #shown = $derived.by((): readonly Inspected[] =>
    this.#withoutDoubles([...this.project.selection.refs]),
  );
  readonly #lit = $derived.by((): Path | undefined => {
    const [first, second] = this.#shown;
    return first?.part === undefined || second ? undefined : parsePath(first.part);
  });
  readonly #hits = $derived.by(() => {
    const { design, follow } = this.project;
    const ref = this.#shown[0]?.ref ?? '';
    const colon = ref.indexOf(':');
    const [kind, id] = [ref.slice(0, colon), ref.slice(colon + 1)];
    if (kind === 'node') return hitsOn(follow.result, this.project.entity(ref) as Node);
    // A step names policies by their id alone; of two with the same one, Kubernetes' is meant.
    const named = design.networkPolicies?.some((policy) => policy.id === id) ?? false;
    const isMeant = named ? kind === 'network-policy' : kind === 'calico-policy';
    return hitsOnPolicy(isMeant ? follow.result : undefined, id);
  });

  constructor(session: Session, project: Project) {
    this.session = session;
    this.project = project;
    this.addresses = new Addresses(session, project);
    this.removal = new RowRemoval(session, project);
    const closed = session.settings[closedKey];
    this.#closed = new SvelteSet(typeof closed === 'string' ? closed.split(' ') : []);
  }

  /** The entities of the selection; a pod shows its workload, an edge its node. */
  get shown(): readonly Inspected[] {
    return this.#shown;
  }
  /** The part of what is shown that is meant: a rule that a step of a trace names. */
  get lit(): Path | undefined {
    return this.#lit;
  }
  /** What the flow that is read met on the node or policy that is shown, by place. */
  get hits() {
    return this.#hits;
  }
  get asText(): boolean {
    return this.#asText;
  }
  lookAt(view: 'form' | 'text'): void {
    this.#asText = view === 'text';
  }

  /** The same one each time, so that what was typed in a form is still there when one comes back. */
  editor(ref: string): EntityEditor {
    let editor = this.#editors.get(ref);
    if (!editor) this.#editors.set(ref, (editor = new EntityEditor(this.project, ref)));
    return editor;
  }

  isOpen(section: string): boolean {
    return !this.#closed.has(section);
  }
  toggle(section: string): void {
    if (!this.#closed.delete(section)) this.#closed.add(section);
    void this.session.keep({ [closedKey]: [...this.#closed].filter(Boolean).join(' ') });
  }
  open(section: string): void {
    if (this.#closed.has(section)) this.toggle(section);
  }

  /** The workload of a pod. */
  workloadOf(pod: string): Workload | undefined {
    return this.#pods.get(pod)?.workload;
  }

  /** Two pods of a workload are one form. */
  #withoutDoubles(refs: readonly string[]): readonly Inspected[] {
    const shown = new Map<string, Inspected>();
    for (const ref of refs) {
      const one = this.#inspectedOf(ref);
      if (one && !shown.has(one.ref)) shown.set(one.ref, one);
    }
    return [...shown.values()];
  }

  #inspectedOf(ref: string): Inspected | undefined {
    const { part } = this.project.selection;
    const kind = ref.slice(0, ref.indexOf(':'));
    const id = ref.slice(kind.length + 1);
    if (kind === 'pod') {
      const found = this.#pods.get(id);
      return found && { ref: `workload:${found.workload.id}`, part: `pods[${found.at}]` };
    }
    if (kind === 'interface') {
      const slash = id.indexOf('/');
      const owner = `node:${id.slice(0, slash)}`;
      const node = this.project.entity(owner) as
        { readonly interfaces?: readonly { readonly id: string }[] } | undefined;
      if (!node) return undefined;
      const at = node.interfaces?.findIndex((one) => one.id === id.slice(slash + 1)) ?? -1;
      return { ref: owner, part: at < 0 ? undefined : `interfaces[${at}]` };
    }
    return Object.hasOwn(collections, kind) && this.project.entity(ref) ? { ref, part } : undefined;
  }
}

function podMap(workloads: readonly Workload[]) {
  const pods = new Map<string, { readonly workload: Workload; readonly at: number; pod: Pod }>();
  for (const workload of workloads) {
    workload.pods.forEach((pod, at) => pods.set(pod.id, { workload, at, pod }));
  }
  return pods;
}
