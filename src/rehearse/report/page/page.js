"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const takes = new Map();
  for (const article of document.querySelectorAll("article[data-place]")) {
    const audio = article.querySelector("audio");
    if (!audio) continue;
    const texts = `.transcript[data-take="${article.dataset.place}"] span[data-start]`;
    const words = [...document.querySelectorAll(texts)].sort((a, b) => a.dataset.start - b.dataset.start);
    const line = article.querySelector("svg[data-length]");
    const take = {
      article, audio, words,
      starts: words.map((word) => Number(word.dataset.start)),
      length: line ? Number(line.dataset.length) : 0,
      head: article.querySelector(".playhead"),
      now: null,
    };
    takes.set(article.dataset.place, take);
    audio.addEventListener("timeupdate", () => follow(take));
    for (const change of ["play", "pause", "ended"]) audio.addEventListener(change, showState);
    audio.addEventListener("play", () => {
      current = take;
      for (const other of takes.values()) if (other !== take) other.audio.pause();
    });
    if (line) line.addEventListener("click", (event) => {
      if (event.target.closest("[data-start]")) return;
      const box = line.getBoundingClientRect();
      play(take, (event.clientX - box.left) / box.width * take.length);
    });
  }
  let current = takes.values().next().value || null;

  const findings = [...document.querySelectorAll("[data-finding]")];
  let finding = -1;

  function play(take, at) {
    if (!take) return;
    current = take;
    take.audio.currentTime = Math.max(0, at);
    const playing = take.audio.play();
    if (playing) playing.catch(() => { byId("where").textContent = "The sound of this take cannot be played."; });
    follow(take);
  }

  function placeOf(take, at) {
    let first = 0, after = take.starts.length;
    while (first < after) {
      const middle = (first + after) >> 1;
      if (take.starts[middle] <= at + 0.01) first = middle + 1; else after = middle;
    }
    return first - 1;
  }

  function follow(take) {
    const at = take.audio.currentTime;
    const word = take.words[placeOf(take, at)] || null;
    if (word !== take.now) {
      if (take.now) take.now.classList.remove("now");
      if (word) word.classList.add("now");
      take.now = word;
    }
    if (take.head && take.length) {
      const x = `${Math.min(at / take.length, 1) * 100}%`;
      take.head.setAttribute("x1", x);
      take.head.setAttribute("x2", x);
      take.head.removeAttribute("visibility");
    }
    if (take === current) {
      const title = take.article.querySelector("h3").textContent;
      byId("where").textContent = `${title} ${Math.floor(at / 60)}:${String(Math.floor(at % 60)).padStart(2, "0")}`;
    }
  }

  function showState() {
    const word = byId("toggle-word");
    if (word) word.textContent = current && !current.audio.paused ? "Pause" : "Play";
  }

  function toggle() {
    if (!current) return;
    if (current.audio.paused) play(current, current.audio.currentTime); else current.audio.pause();
  }

  function toFinding(step) {
    if (!findings.length) return;
    finding = (finding + step + findings.length) % findings.length;
    const item = findings[finding];
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
    if (item.dataset.start) play(takes.get(item.dataset.take), Number(item.dataset.start));
  }

  function toWord(step) {
    if (!current) return;
    const place = placeOf(current, current.audio.currentTime) + step;
    const start = current.starts[Math.min(Math.max(place, 0), current.starts.length - 1)];
    if (start !== undefined) play(current, start);
  }

  document.addEventListener("click", (event) => {
    const item = event.target.closest("li[data-finding]");
    if (item) finding = findings.indexOf(item);
    if (event.target.closest("a") || String(window.getSelection())) return;
    const start = event.target.closest("[data-start]");
    if (!start) return;
    const place = start.dataset.take || start.closest("[data-take]").dataset.take;
    play(takes.get(place), Number(start.dataset.start));
  });

  const keys = byId("keys");
  document.addEventListener("keydown", (event) => {
    if (!keys || !keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("audio, input, summary, select, textarea")) return;
    const isControl = event.target.closest("button, a");
    if (event.key === " " && !isControl) toggle();
    else if (event.key === "n") toFinding(1);
    else if (event.key === "p") toFinding(-1);
    else if (event.key === "ArrowRight") toWord(1);
    else if (event.key === "ArrowLeft") toWord(-1);
    else return;
    event.preventDefault();
  });

  const on = (id, does) => { const button = byId(id); if (button) button.addEventListener("click", does); };
  on("toggle", toggle);
  on("next", () => toFinding(1));
  on("previous", () => toFinding(-1));
  on("print", () => window.print());
})();
