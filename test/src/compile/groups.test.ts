import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Groups } from "../../../src/compile/groups.ts";

interface Node {
  readonly name: string;
  readonly needs: readonly Node[];
}

function node(name: string, ...needs: readonly Node[]): Node {
  return { name, needs };
}

function groupsOf(nodes: readonly Node[]): Groups<Node> {
  return new Groups(nodes, ({ needs }) => needs);
}

function namesOf(groups: Groups<Node>): string[] {
  return groups.inOrder().map((group) => group.map(({ name }) => name).join(""));
}

describe("Groups", () => {
  it("has each node alone at first, in the order in which it is given", () => {
    const [a, b] = [node("a"), node("b")];
    expect(namesOf(groupsOf([a, b, node("c", a)]))).toEqual(["a", "b", "c"]);
  });

  it("puts a group where all that it needs is there", () => {
    const a = node("a");
    const b = node("b", a);
    const c = node("c");
    const d = node("d", b, c);
    const groups = groupsOf([a, b, c, d]);
    groups.join(d, b);
    expect(namesOf(groups)).toEqual(["a", "c", "bd"]);
  });

  it("joins groups with groups, and a group with its own in vain", () => {
    const nodes = ["a", "b", "c", "d"].map((name) => node(name));
    const [a, b, c, d] = nodes as [Node, Node, Node, Node];
    const groups = groupsOf(nodes);
    groups.join(a, b);
    groups.join(c, d);
    groups.join(b, c);
    groups.join(a, d);
    expect(namesOf(groups)).toEqual(["abcd"]);
  });

  it("does not join what would wait for itself: a, then b of it, then c of both", () => {
    const a = node("a");
    const b = node("b", a);
    const c = node("c", a, b);
    const groups = groupsOf([a, b, c]);
    groups.join(c, a);
    expect(namesOf(groups)).toEqual(["a", "b", "c"]);
    groups.join(c, b);
    groups.join(c, a);
    expect(namesOf(groups)).toEqual(["abc"]);
  });

  it("does not join what would wait for itself by way of another group", () => {
    // {a, d} would need c of {b, c}, which needs a.
    const a = node("a");
    const b = node("b", a);
    const c = node("c");
    const d = node("d", c);
    const groups = groupsOf([a, b, c, d]);
    groups.join(b, c);
    groups.join(a, d);
    expect(namesOf(groups)).toEqual(["a", "bc", "d"]);
  });

  it("always finds an order in which all groups can run", () => {
    const links = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20 });
    const property = fc.property(fc.integer({ min: 1, max: 12 }), links, links, (count, needs, joins) => {
      const nodes: Node[] = [];
      for (let index = 0; index < count; index++) {
        const own = needs.filter(([to, from]) => to === index && from < index).map(([, from]) => nodes[from] as Node);
        nodes.push(node(String(index), ...own));
      }
      const groups = groupsOf(nodes);
      for (const [one, other] of joins) groups.join(nodes[one % count] as Node, nodes[other % count] as Node);
      const done: Node[] = [];
      for (const group of groups.inOrder()) {
        const outside = group.flatMap((each) => each.needs).filter((needed) => !group.includes(needed));
        expect(outside.filter((needed) => !done.includes(needed))).toEqual([]);
        expect(group).toEqual(nodes.filter((each) => group.includes(each)));
        done.push(...group);
      }
      expect(done.toSorted((one, other) => Number(one.name) - Number(other.name))).toEqual(nodes);
    });
    fc.assert(property, { numRuns: 200 });
  });
});
