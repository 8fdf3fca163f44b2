/** Kernels in groups that each can run at once: no group waits for another that waits for it. */
export class Groups<Node extends object> {
  readonly #nodes: readonly Node[];
  readonly #before: ReadonlyMap<Node, readonly Node[]>;
  readonly #isAllowed: (group: ReadonlySet<Node>) => boolean;
  readonly #groups = new Map<Node, Set<Node>>();

  /**
   * @param nodes in an order in which they can run; each is a group of its own at first
   * @param needs what a node reads the results of
   * @param isAllowed whether nodes may be one group
   */
  constructor(
    nodes: readonly Node[],
    needs: (node: Node) => readonly Node[],
    isAllowed: (group: ReadonlySet<Node>) => boolean = () => true,
  ) {
    this.#nodes = nodes;
    this.#isAllowed = isAllowed;
    this.#before = new Map(nodes.map((node) => [node, needs(node)]));
    for (const node of nodes) this.#groups.set(node, new Set([node]));
  }

  /** Makes one group of two nodes' groups, unless it would then wait for itself or is not allowed. */
  join(one: Node, other: Node): void {
    const joined = new Set([...this.#groupOf(one), ...this.#groupOf(other)]);
    if (!this.#isAllowed(joined) || this.#waitsForItself(joined)) return;
    for (const node of joined) this.#groups.set(node, joined);
  }

  #groupOf(node: Node): ReadonlySet<Node> {
    return this.#groups.get(node) ?? new Set([node]);
  }

  /** What the nodes of a group need that is not in it, and what the groups of those need in turn. */
  #waitsForItself(group: ReadonlySet<Node>): boolean {
    const seen = new Set<Node>();
    const pending = [...group].flatMap((node) => this.#outside(node, group));
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (group.has(node)) return true;
      if (seen.has(node)) continue;
      for (const member of this.#groupOf(node)) {
        seen.add(member);
        pending.push(...(this.#before.get(member) ?? []));
      }
    }
    return false;
  }

  #outside(node: Node, group: ReadonlySet<Node>): Node[] {
    return (this.#before.get(node) ?? []).filter((needed) => !group.has(needed));
  }

  /** The groups in an order in which they can run; within one its nodes in theirs. */
  inOrder(): Node[][] {
    const ordered: Node[][] = [];
    const done = new Set<Node>();
    const visit = (node: Node): void => {
      if (done.has(node)) return;
      const group = this.#groupOf(node);
      for (const member of group) done.add(member);
      for (const member of group) for (const needed of this.#outside(member, group)) visit(needed);
      ordered.push(this.#nodes.filter((each) => group.has(each)));
    };
    for (const node of this.#nodes) visit(node);
    return ordered;
  }
}
