const en = {};

const ko: typeof en = {};

export default { en, ko };
