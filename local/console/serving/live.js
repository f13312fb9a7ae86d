// Puts what happens at the head of the list, as the server renders it. Without this script the page is as it was when it was opened.
// On a narrow screen the navigation is longer than the screen.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const list = document.querySelector("[data-live]");
if (list instanceof HTMLElement) follow(list);

/** @param {HTMLElement} list */
function follow(list) {
  const status = document.querySelector("[data-live-status]");
  const most = Number(list.dataset.most);
  const source = new EventSource(list.dataset.live ?? "");
  const total = document.querySelector("[data-live-total]");
  let seen = 0;
  source.addEventListener("rows", ({ data }) => {
    const { html, count } = JSON.parse(data);
    document.querySelector("[data-live-empty]")?.remove();
    list.closest("[hidden]")?.removeAttribute("hidden");
    list.insertAdjacentHTML("afterbegin", html);
    while (list.children.length > most) list.lastElementChild?.remove();
    seen += count;
    if (total !== null) total.textContent = String(Number(total.textContent) + count);
    if (status !== null) status.textContent = seen === 1 ? "1 new login." : `${seen} new logins.`;
  });
}
