"""Lists in which something has to be chosen and is chosen by standing first: whoever does not look has chosen it."""

LOOK = r"""(() => {
  if (!document.body) return null;
  const chooses_alone = (one) => one.options.length > 1 && one.options[0].value !== '';
  const lists = [...document.querySelectorAll('select[required]')].filter(chooses_alone);
  return lists.map((one) => `select ${one.id || one.name}: “${one.options[0].text}” is chosen by standing first`);
})()"""
