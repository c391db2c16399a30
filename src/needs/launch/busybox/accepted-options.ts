/**
 * Options that applets of BusyBox take, as BusyBox 1.36 of Alpine 3.20 answers when it is asked: letters without and with an
 * argument, then long names. An applet that is not here takes whatever comes or was not asked. Long names may be cut short.
 */
const table = `
ls        acdghiklnprstuvxACFHLQRSX1    wT        color full-time group-directories-first
cp        adfilnprsuvHLPRT              t         archive dereference force interactive link no-clobber no-dereference no-target-directory parents recursive reflink remove-destination symbolic-link target-directory update verbose
mv        finvT                         t         force interactive no-clobber no-target-directory target-directory verbose
rm        firvR                         -
mkdir     pv                            m         mode parents verbose
rmdir     pv                            -         ignore-fail-on-non-empty parents verbose
stat      ftL                           c
sort      bcdfghimnrsuzMV               kotST
head      qv0123456789                  cn
tail      fqvF0123456789                cns
grep      achilnoqrsvwxEFHILR           efmABC    color
egrep     achilnoqrsvwxEFHILR           efmABC    color
fgrep     achilnoqrsvwxEFHILR           efmABC    color
sed       inrEsz                        ef        expression file in-place quiet regexp-extended silent
base64    di                            w
wc        clmwL                         -
cut       nsD                           bcdfO
tr        cdsC                          -
touch     acfhm                         drt       date no-create no-dereference reference
chown     cfhvHLPR                      -         changes dereference no-dereference quiet recursive silent verbose
chgrp     cfhvHLPR                      -         changes dereference no-dereference quiet recursive silent verbose
ln        bfnsvT                        S
readlink  fnqsv                         -
mktemp    dqtu                          p         directory dry-run quiet tmpdir
du        abchklmsxHL                   d
df        ahikmHPT                      tB
xargs     eioprtx0                      ansEILP   no-run-if-empty
tee       ai                            -
install   bcdpsvD                       gmot      directory group mode owner preserve-timestamps strip target-directory verbose
id        gnruG                         -
env       i0                            u         ignore-environment null unset
cat       bentuvA                       -
sha256sum bcstw                         -
sha1sum   bcstw                         -
md5sum    bcstw                         -
sha512sum bcstw                         -
uniq      cdiuz                         fsw
paste     s                             d
fold      bs                            w
timeout   -                             ks
nproc     -                             -         all ignore
diff      abdipqrstuwBENT               LSU       brief expand-tabs ignore-all-space ignore-blank-lines ignore-case ignore-space-change ignore-tab-expansion initial-tab label minimal new-file no-dereference recursive report-identical-files show-c-function starting-file text unified
gzip      cdfknqtv123456789             -         best fast force no-name quiet stdout test verbose
gunzip    cdfknqtv                      -         force no-name stdout test
wget      cnqS                          otOPTUY   continue directory-prefix header no-cache no-check-certificate no-clobber no-host-directories no-parent no-verbose output-document output-file passive-ftp post-data post-file quiet server-response spider timeout tries user user-agent
date      uIR                           drsD      date reference set utc
basename  a                             s
split     -                             abl
truncate  c                             s
comm      123                           -
hostname  dfisv                         F
shuf      ez                            ino
sync      df                            -
which     a                             -
cmp       ls                            n         bytes quiet silent verbose
setpriv   d                             -         ambient-caps dump inh-caps nnp no-new-privs
adduser   DSH                           hgsGuk    home gecos shell ingroup disabled-password empty-password system no-create-home uid skel
addgroup  S                             g         gid system
su        lmp                           cs
`;

export interface AcceptedOptions {
	readonly flags: ReadonlySet<string>;
	readonly withValue: ReadonlySet<string>;
	readonly long: readonly string[];
}

const none = (text: string | undefined): string => (text === undefined || text === '-' ? '' : text);

export const acceptedOptions: ReadonlyMap<string, AcceptedOptions> = new Map(
	table
		.trim()
		.split('\n')
		.map((line) => {
			const [name = '', flags, values, ...long] = line.split(/\s+/);
			return [name, { flags: new Set(none(flags)), withValue: new Set(none(values)), long }];
		}),
);

/** Tests and actions of GNU find that BusyBox does not have. */
export const unknownToFind: ReadonlySet<string> = new Set(
	'-printf -fprintf -fprint -fprint0 -ls -fls -readable -writable -regextype -lname -ilname -newermt -daystart -execdir -okdir -nouser -nogroup -anewer -cnewer -true -false -xtype -fstype'.split(
		' ',
	),
);
