// Follows a sitting over server-sent events. Without it the page reloads itself every few seconds.
'use strict';
(() => {
  const place = document.querySelector('[data-tien-do]');
  if (!place || !window.EventSource) return;
  const bar = place.querySelector('progress');
  const source = new EventSource(place.dataset.tienDo);
  source.addEventListener('tien-do', (event) => {
    const now = JSON.parse(event.data);
    if (now.over) {
      source.close();
      window.location.replace(window.location.pathname);
      return;
    }
    bar.max = Math.max(now.of, 1);
    bar.value = now.done;
    for (const part of place.querySelectorAll('[data-phan]')) {
      // What has not changed is not read aloud again.
      const words = now.parts[part.dataset.phan];
      if (part.textContent !== words) part.textContent = words;
    }
    document.title = now.title;
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
