// A virtual DOM in a hundred lines: h() describes, render() patches what is there. Nodes are reused (by key, else by order
// and tag), so the element under the user's fingers keeps its focus, caret and scroll position. Text becomes text nodes only:
// nothing here can turn data into markup.

const SVG = "http://www.w3.org/2000/svg";
const DESCRIBED = Symbol("the description that a node was last patched with");

export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, children: tidy(children) };
}

function tidy(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && typeof child !== "boolean");
}

export function render(root, ...described) {
  reconcile(root, tidy(described));
}

function reconcile(parent, described) {
  const reused = match([...parent.childNodes], described);
  const kept = new Set(reused);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  let cursor = parent.firstChild;
  described.forEach((child, index) => {
    const node = reused[index] ?? create(child, parent);
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
    update(node, child);
  });
}

// For each description the node that it may reuse, or undefined.
function match(nodes, described) {
  const keyed = new Map();
  const plain = new Map();
  for (const node of nodes) {
    const key = node[DESCRIBED]?.props?.key;
    if (key !== undefined) keyed.set(`${node.nodeName}:${key}`, node);
    else plain.set(node.nodeName, [...(plain.get(node.nodeName) ?? []), node]);
  }
  return described.map((child) => {
    const name = nodeName(child);
    const key = child.props?.key;
    if (key === undefined) return plain.get(name)?.shift();
    const node = keyed.get(`${name}:${key}`);
    keyed.delete(`${name}:${key}`);
    return node;
  });
}

function nodeName(child) {
  if (typeof child !== "object") return "#text";
  return child.props.svg ? child.tag : child.tag.toUpperCase();
}

function create(child) {
  if (typeof child !== "object") return document.createTextNode("");
  return child.props.svg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
}

function update(node, child) {
  if (typeof child !== "object") {
    const text = String(child);
    if (node.data !== text) node.data = text;
    return;
  }
  const before = node[DESCRIBED]?.props ?? {};
  const fresh = node[DESCRIBED] === undefined;
  node[DESCRIBED] = child;
  reconcile(node, child.children);
  for (const name of Object.keys(before)) if (!(name in child.props)) setProperty(node, name, undefined);
  for (const [name, value] of Object.entries(child.props)) setProperty(node, name, value);
  if (fresh) child.props.created?.(node);
  child.props.patched?.(node);
}

const OURS = new Set(["key", "svg", "created", "patched"]);
const LIVE = new Set(["value", "checked", "disabled", "open", "indeterminate"]);

function setProperty(node, name, value) {
  if (OURS.has(name)) return;
  if (name.startsWith("on")) node[name.toLowerCase()] = value ?? null;
  else if (LIVE.has(name) && name in node) setLive(node, name, value);
  else if (value === undefined || value === null || value === false) node.removeAttribute(name);
  else {
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

function setLive(node, name, value) {
  const wanted = value ?? (name === "value" ? "" : false);
  if (node[name] !== wanted) node[name] = wanted;
}
