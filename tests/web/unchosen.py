"""Lists of people in which somebody is chosen by standing first: whoever does not look has chosen them."""

LOOK = r"""(() => {
  if (!document.body) return null;
  const of_people = ['nguoi', 'ai', 'chung_kien', 'hoc_sinh', 'ho_so'];
  const chooses_alone = (one) => of_people.includes(one.name) && one.options.length > 1 && one.options[0].value !== '';
  const lists = [...document.querySelectorAll('select')].filter(chooses_alone);
  return lists.map((one) => `select ${one.id || one.name}: “${one.options[0].text}” is chosen by standing first`);
})()"""
