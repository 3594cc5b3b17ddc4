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

// Leaving a form that was typed into asks first.
(() => {
  const form = document.querySelector('form.record');
  if (!form) return;
  let touched = false;
  form.addEventListener('input', () => { touched = true; });
  form.addEventListener('submit', () => { touched = false; });
  window.addEventListener('beforeunload', (event) => { if (touched) event.preventDefault(); });
})();
