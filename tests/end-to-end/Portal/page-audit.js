// What a page must keep for people who cannot see it well, use no mouse, or hold it in one hand. Answers with what is wrong, in words.
() => {
  const faults = [];
  const describe = (element) => `<${element.tagName.toLowerCase()} name="${element.getAttribute('name') ?? ''}" class="${element.className}"> ${(element.textContent ?? '').trim().slice(0, 30)}`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

  // WCAG 2.2, 1.3.1, 4.1.2: every input says what it is for; every group and every button too.
  for (const input of document.querySelectorAll('input:not([type="hidden"]), select, textarea')) {
    if (![...(input.labels ?? [])].some((label) => label.textContent.trim()) && !input.getAttribute('aria-label')) faults.push(`no label: ${describe(input)}`);
  }
  for (const group of document.querySelectorAll('fieldset')) {
    if (!group.querySelector('legend')?.textContent.trim()) faults.push(`no legend: ${describe(group)}`);
  }
  for (const button of document.querySelectorAll('button, a[href], summary')) {
    if (!button.textContent.trim() && !button.getAttribute('aria-label')) faults.push(`no name: ${describe(button)}`);
  }

  // 2.4.3: the keyboard goes in the order of the page.
  for (const element of document.querySelectorAll('[tabindex]')) {
    if (element.tabIndex > 0) faults.push(`own tab order: ${describe(element)}`);
  }

  // References between elements lead somewhere, and only to one.
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids)) {
    if (ids.filter((other) => other === id).length > 1) faults.push(`id twice: ${id}`);
  }
  for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      if (!document.getElementById(element.getAttribute(attribute))) faults.push(`${attribute} leads nowhere: ${describe(element)}`);
    }
  }

  // 2.4.2, 3.1.1, 2.4.1, 2.4.6: title, language, a way past the bar, one heading over all.
  if (!document.title) faults.push('no title');
  if (document.documentElement.lang !== 'ja') faults.push('no language');
  if (!document.querySelector('a.skip[href="#main"]')) faults.push('no way past the bar');
  if (document.querySelectorAll('h1').length !== 1) faults.push(`${document.querySelectorAll('h1').length} first headings`);

  // 1.4.3: text stands out from its ground, 4.5 to 1.
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const looked = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || looked.has(element) || !isShown(element)) continue;
    looked.add(element);
    const [text, ground] = [luminance(channels(getComputedStyle(element).color)), luminance(groundOf(element))];
    const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${describe(element)}`);
  }

  // 1.4.10: nothing is wider than the screen.
  const over = document.scrollingElement.scrollWidth - window.innerWidth;
  if (over > 1) faults.push(`${over} px wider than the screen of ${window.innerWidth}`);
  return faults;
}
