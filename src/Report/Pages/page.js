"use strict";
for (const slider of document.querySelectorAll(".slider")) {
  const frames = [...slider.querySelectorAll("img")], range = slider.querySelector("input");
  const button = slider.querySelector("button"), time = slider.querySelector("output");
  if (!range) continue;
  const show = () => {
    frames.forEach((frame, i) => { frame.hidden = i !== Number(range.value); });
    time.textContent = frames[range.value].dataset.time;
    range.setAttribute("aria-valuetext", time.textContent);
  };
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; button.textContent = "Play"; };
  const next = () => {
    if (Number(range.value) >= frames.length - 1) { stop(); return; }
    range.value = Number(range.value) + 1;
    show();
  };
  range.addEventListener("input", () => { stop(); show(); });
  button.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (Number(range.value) >= frames.length - 1) { range.value = 0; show(); }
    timer = setInterval(next, 700);
    button.textContent = "Stop";
  });
}
