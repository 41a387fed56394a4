/** The live page: what is known, and when it is read again. What is drawn stands in the `draw-` files. */
import { keepToken, read, readToken, Refused, reveal } from "./api.js";
import { drawDetails } from "./draw-details.js";
import { drawDrawer } from "./draw-drawer.js";
import { drawList } from "./draw-list.js";
import { drawTop } from "./draw-top.js";
import { show } from "./dom.js";
import { Feed } from "./feed.js";
import { arrange, faultOf, refuse, state } from "./state.js";
import { getLanguage, say, setLanguage } from "./words.js";

const element = (id) => document.getElementById(id);
const top = element("top");
const list = element("list");
const details = element("details");
const drawer = element("drawer");

function render() {
  document.title = `Concierge · ${say("title")}`;
  document.body.dataset.view = state.chosen.id ? "details" : "list";
  show(top, drawTop(state));
  show(list, drawList(state));
  show(details, drawDetails(state));
  show(drawer, state.drawer.name ? drawDrawer(state) : []);
}

/** Reads the newest bookings again and lays them over what is shown. */
async function readList() {
  try {
    const page = await read("/bookings?limit=50");
    const known = new Map(state.list.items.map((item) => [item.id, item]));
    for (const item of page.items) known.set(item.id, item);
    const items = [...known.values()].toSorted((a, b) => b.updatedAt - a.updatedAt);
    const isFirst = state.list.is !== "ready";
    Object.assign(state.list, { items, is: "ready", fault: undefined });
    if (isFirst) state.list.next = page.next;
    state.isRead = true;
    state.isDemo = readToken() === "";
    arrangeList(isFirst);
  } catch (error) {
    // What was read before stays on the screen; the line above says how old it is.
    if (state.list.items.length === 0 || faultOf(error).why === "token") refuse(state.list, error);
  }
  render();
}

/** Nothing jumps under the pointer: while it is over the list, rows stay where they are. */
function arrangeList(isFirst) {
  const isPointed = matchMedia("(hover: hover)").matches && list.matches(":hover");
  const isHeld = isPointed || list.querySelector(":focus-visible") !== null;
  arrange(state.list, !isFirst && isHeld);
}

async function readMore() {
  try {
    const page = await read(`/bookings?limit=50&before=${encodeURIComponent(state.list.next)}`);
    const known = new Set(state.list.items.map((item) => item.id));
    state.list.items.push(...page.items.filter((item) => !known.has(item.id)));
    state.list.next = page.next;
    arrange(state.list, false);
  } catch (error) {
    state.list.fault = faultOf(error);
  }
  render();
}

async function readChosen() {
  const { id } = state.chosen;
  if (!id) return;
  try {
    const data = await read(`/bookings/${encodeURIComponent(id)}`);
    await learnNames(data.deliveries);
    if (id !== state.chosen.id) return;
    Object.assign(state.chosen, { data, is: "ready", fault: undefined });
  } catch (error) {
    if (id !== state.chosen.id) return;
    if (!state.chosen.data) refuse(state.chosen, error);
  }
  render();
}

/** The list of accounts knows what providers are called. */
async function learnNames(deliveries) {
  if (deliveries.every(({ channel }) => channel === null || state.names.has(channel))) return;
  const { items } = await read("/integrations");
  for (const { provider, name } of items) state.names.set(provider, name);
}

function choose() {
  const id = /^#\/bookings\/([\w-]+)$/.exec(location.hash)?.[1] ?? "";
  if (id === state.chosen.id) return;
  state.chosen = { id, data: undefined, is: "loading", fault: undefined };
  state.revealed.clear();
  render();
  details.scrollTop = 0;
  if (matchMedia("(max-width: 760px)").matches) scrollTo(0, 0);
  void readChosen();
}

const drawers = { mails: "/notices", intake: "/intake" };

async function openDrawer(name) {
  state.drawer = { name, items: [], is: "loading", fault: undefined };
  render();
  if (!drawer.open) drawer.showModal();
  await readDrawer();
}

async function readDrawer() {
  const { name } = state.drawer;
  if (!name) return;
  try {
    const { items } = await read(drawers[name]);
    if (name === state.drawer.name) Object.assign(state.drawer, { items, is: "ready" });
  } catch (error) {
    refuse(state.drawer, error);
  }
  render();
}

/** Many entries come at once: what they changed is read once for all of them. */
function soon(work, ms) {
  let timer;
  return () => {
    timer ??= setTimeout(async () => {
      await work();
      timer = undefined;
    }, ms);
  };
}

const listSoon = soon(readList, 150);
const chosenSoon = soon(readChosen, 100);
const drawerSoon = soon(readDrawer, 300);

const feed = new Feed({
  onOpen() {
    state.feed = { is: "live", since: Date.now(), retryAt: 0 };
    void readList();
    void readChosen();
  },
  onEntry(entry) {
    listSoon();
    if (entry.bookingId === state.chosen.id) chosenSoon();
    if (state.drawer.name) drawerSoon();
  },
  onLost(retryAt, fault) {
    const since = state.feed.is === "lost" ? state.feed.since : Date.now();
    if (state.feed.is === "live") element("news").textContent = say("away");
    state.feed = { is: "lost", since, retryAt };
    if (!state.isRead) refuse(state.list, fault ?? new Refused("away"));
    render();
  },
  onRefused(error) {
    state.feed = { is: "refused", since: Date.now(), retryAt: 0 };
    refuse(state.list, error);
    render();
  },
});

async function revealCode(codeId) {
  try {
    state.revealed.set(codeId, await reveal(codeId));
  } catch (error) {
    state.revealed.set(codeId, { fault: faultOf(error) });
  }
  render();
}

/** The code without its blank. Pages that came without TLS have no clipboard: there it is selected instead. */
async function copyCode(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.digits);
    element("news").textContent = say("copied");
  } catch {
    getSelection()?.selectAllChildren(button);
  }
}

const acts = {
  retry: () => feed.restart(),
  more: readMore,
  arrange: () => {
    arrange(state.list, false);
    render();
  },
  mails: () => openDrawer("mails"),
  intake: () => openDrawer("intake"),
  close: () => drawer.close(),
  reveal: (button) => revealCode(button.dataset.code),
  hide: (button) => {
    state.revealed.delete(button.dataset.code);
    render();
  },
  copy: copyCode,
  language: () => {
    setLanguage(getLanguage() === "ru" ? "en" : "ru");
    localStorage.setItem("concierge-language", getLanguage());
    render();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) void acts[button.dataset.act]?.(button);
  else if (event.target === drawer || event.target.closest("dialog a")) drawer.close();
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  keepToken(new FormData(event.target).get("token")?.trim() ?? "");
  state.wasTokenTried = true;
  state.list.is = "loading";
  state.feed.is = "connecting";
  render();
  feed.restart();
});
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...list.querySelectorAll("a")];
  const place = rows.indexOf(document.activeElement);
  if (!step || place < 0) return;
  event.preventDefault();
  rows[place + step]?.focus();
});
list.addEventListener("pointerleave", () => {
  arrange(state.list, false);
  render();
});
drawer.addEventListener("close", () => {
  state.drawer.name = "";
});
addEventListener("hashchange", choose);
addEventListener("online", () => feed.restart());
setInterval(() => state.feed.is === "lost" && render(), 1_000);

const kept = localStorage.getItem("concierge-language");
const wished =
  kept ??
  navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "ru" || tag === "en");
setLanguage(wished === "en" ? "en" : "ru");
choose();
render();
