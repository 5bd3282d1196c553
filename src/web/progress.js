// Follows a sitting over server-sent events. Without it the page reloads itself every few seconds.
'use strict';
(() => {
  const place = document.querySelector('[data-tien-do]');
  if (!place || !window.EventSource) return;
  const bar = place.querySelector('progress');
  const words = place.querySelector('[data-loi]');
  const figures = place.querySelector('[data-so]');
  const english = place.querySelector('[data-en]');
  const source = new EventSource(place.dataset.tienDo);
  source.addEventListener('tien-do', (event) => {
    const now = JSON.parse(event.data);
    bar.max = Math.max(now.of, 1);
    bar.value = now.done;
    if (words.textContent !== now.words) words.textContent = now.words;
    figures.textContent = now.figures;
    if (english) english.textContent = now.en;
    document.title = now.done + '/' + now.of + ' – ' + now.words;
    if (now.over) {
      source.close();
      window.location.replace(window.location.pathname);
    }
  });
})();
// Somebody plugged in or out: the page that greets is loaded again.
(() => {
  const place = document.querySelector('[data-cam]');
  if (!place || !window.EventSource) return;
  const source = new EventSource(place.dataset.cam);
  source.addEventListener('doi', () => {
    source.close();
    window.location.reload();
  });
})();
