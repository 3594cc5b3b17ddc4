// kintone's own address of a record has the number behind a #, which only the browser sees:
// /k/5/show#record=12 leads on to /k/5/show?record=12, also when the login comes in between.
(() => {
  const named = /^#record=\d+$/.test(location.hash);
  if (named && /^\/k\/\d+\/show$/.test(location.pathname) && !location.search) {
    location.replace(location.pathname + '?' + location.hash.slice(1));
  }
  const to = document.querySelector('form[action="/login"] input[name="to"]');
  if (named && to && /^\/k\/\d+\/show$/.test(to.value)) to.value += '?' + location.hash.slice(1);
})();

// Escape closes the question of a button, and goes back to the button.
document.addEventListener('keydown', (event) => {
  const question = event.key === 'Escape' && document.querySelector('details.action[open]');
  if (!question) return;
  question.open = false;
  question.querySelector('summary').focus();
});

// Leaving a form that was typed into asks first.
(() => {
  const form = document.querySelector('form.record');
  if (!form) return;
  let touched = false;
  let kept = performance.now();
  form.addEventListener('input', () => {
    touched = true;
    // Whoever types is there: a picture asked for keeps the session alive.
    if (performance.now() - kept < 10 * 60 * 1000) return;
    kept = performance.now();
    new Image().src = '/portal/icon.svg?' + Math.round(kept);
  });
  form.addEventListener('submit', () => { touched = false; });
  window.addEventListener('beforeunload', (event) => { if (touched) event.preventDefault(); });
})();
