/** Why a password of allowed length is refused anyway: it is among the first that anyone would try.
 *  Words are compared without case, accents, trailing digits and signs, and with 0, 1, 3, 4, 5, @ and $ read as letters. */
export function commonPasswordReason(password: string): 'common' | 'sequence' | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (isRepetition(plain) || isRun(plain)) return 'sequence';
  const bare = plain.replace(/[\d\W_]+$/u, '').replace(/^[\d\W_]+/u, '');
  if (bare === '' && plain.length < 12) return 'sequence';
  return COMMON_WORDS.has(bare) || COMMON_WORDS.has(readAsLetters(plain)) ? 'common' : null;
}

/** 'abcabcabc', '11111111': one piece of at most four characters, again and again. */
function isRepetition(plain: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      plain ===
      plain
        .slice(0, size)
        .repeat(plain.length / size + 1)
        .slice(0, plain.length),
  );
}

const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1a2z3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujmik',
];

function isRun(plain: string): boolean {
  return RUNS.some((run) => run.includes(plain));
}

function readAsLetters(plain: string): string {
  return plain
    .replace(/[!?.\d]+$/u, '')
    .replace(/[@4]/g, 'a')
    .replaceAll('0', 'o')
    .replace(/[1!]/g, 'i')
    .replaceAll('3', 'e')
    .replace(/[5$]/g, 's');
}

const COMMON_WORDS = new Set(
  `password passwords passw0rd passwort motdepasse motdepass mdp pass passe secret letmein welcome bienvenue login admin
  administrator administrateur root user test testtest testing changeme default guest master access qwerty qwertyuiop qwertz
  azerty azertyuiop azertyui asdfghjkl asdf zxcvbnm qazwsx qazwsxedc trustno whatever iloveyou ilove loveyou lovely love
  jetaime jetaimes amour monamour sunshine princess princesse superman batman spiderman starwars pokemon naruto minecraft
  football baseball basketball hockey soccer rugby marseille paris olympique liverpool chelsea arsenal barcelona juventus
  michael jennifer michelle jessica ashley daniel thomas andrew joshua matthew charlie robert nicole anthony william samantha
  alexander alexandre alexandra nicolas sebastien christophe frederic stephane stephanie catherine caroline veronique
  isabelle valerie nathalie sandrine guillaume camille caramel chocolat chocolate doudou doudoune loulou loulous chouchou
  coucou bonjour bonsoir salut soleil vacances famille maison papillon tigrou ninja dragon monkey shadow killer hunter
  jordan mustang harley ferrari mercedes porsche corvette computer ordinateur internet samsung google facebook instagram
  yahoo hotmail microsoft windows linkedin freedom liberte france bretagne corse chocobo cheese cookie flower fleur
  butterfly babygirl angel angels anges summer winter spring autumn ete hiver printemps automne january monday janvier lundi
  startrek matrix phoenix mickey minnie garfield snoopy scooby pepper ginger buster maggie tigger bailey daisy lucky
  nothing something security securite photo photos photographe photographer photographie runner running marathon triathlon
  course coureur dossard dossards focus focusracer racer organisateur organizer trail`
    .split(/\s+/u)
    .filter((word) => word !== ''),
);
