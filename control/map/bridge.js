// Holds the map's page in one sandboxed frame across reruns. Streamlit calls this function at every rerun with the same
// parentElement; the frame is made anew only when the page itself is another one.
const mounts = new WeakMap();

function connect(parentElement) {
  const mount = { frame: null, hash: null, ready: false, applied: null, queue: null, state: {}, view: null, sent: null };
  mount.post = (message) => {
    // The sandbox gives the frame an opaque origin, which only "*" addresses; the window itself is the address.
    if (mount.ready) mount.frame.contentWindow.postMessage({ type: "control-map:set", ...message }, "*");
    else mount.queue = { ...mount.queue, ...message };
  };
  mount.listener = (event) => {
    if (!mount.frame || event.source !== mount.frame.contentWindow || !event.data) return;
    if (event.data.type === "control-map:view") mount.view = { center: event.data.center, zoom: event.data.zoom };
    if (event.data.type !== "control-map:state") return;
    const { date, place, nonce } = event.data;
    const state = { date, place: place ?? null, nonce: nonce ?? mount.state.nonce ?? null };
    const text = JSON.stringify(state);
    if (text === mount.sent) return;
    mount.sent = text;
    mount.state = state;
    mount.setStateValue("view", state);
  };
  window.addEventListener("message", mount.listener);
  mounts.set(parentElement, mount);
  return mount;
}

function frame(parentElement, mount, data) {
  mount.frame?.remove();
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.setAttribute("title", data.title);
  element.style.cssText = `display:block;width:100%;height:min(${Number(data.height)}px, 94svh);border:0`;
  mount.ready = false;
  // Another page of the same theatre: the date, the place and the view stay.
  const { date, place } = mount.state;
  if (date) mount.queue = { date, place, view: mount.view ?? undefined, ...mount.queue };
  else if (mount.view) mount.queue = { view: mount.view, ...mount.queue };
  element.addEventListener("load", () => {
    mount.ready = true;
    if (mount.queue) mount.post(mount.queue);
    mount.queue = null;
  });
  element.srcdoc = data.html;
  mount.frame = element;
  mount.hash = data.hash;
  parentElement.append(element);
}

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  const mount = mounts.get(parentElement) ?? connect(parentElement);
  mount.setStateValue = setStateValue;
  if (mount.hash !== data.hash || !mount.frame?.isConnected) frame(parentElement, mount, data);
  const goto = data.goto;
  if (goto && goto.nonce !== mount.applied) {
    mount.applied = goto.nonce;
    mount.post(goto);
  }
  return () => {
    window.removeEventListener("message", mount.listener);
    mount.frame?.remove();
    mounts.delete(parentElement);
  };
}
