//! How an outsider checks a bundle with tools that are everybody's: the text of `VERIFY.md`.
//!
//! A test runs the commands out of this text, so what it says is what works.

use super::{ENVELOPE, SUMS};
use crate::bundle::Manifest;

/// Name of the text, where it is put beside a bundle. It is no part of the bundle.
pub const NAME: &str = "VERIFY.md";

/// What a bundle has that vouches for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vouched {
    /// Id of the key that signed it, as its envelope names it.
    pub keyid: Option<String>,
    /// Whether there is a timestamp.
    pub stamped: bool,
}

/// The text for a bundle.
pub fn text(manifest: &Manifest, vouched: &Vouched) -> String {
    let mut text = format!(
        "# How to check this evidence\n\n\
         It is the evidence of the run `{}`, collected by tieout {}. The commands below need no AWS access and nothing of\n\
         tieout's. Run them in the folder that holds `manifest.json`, on a machine of your own.\n\n",
        manifest.run.id, manifest.run.tool
    );
    if let Some(redaction) = &manifest.run.redaction {
        text.push_str(&NAMELESS.replace("WHAT", &redaction.words()));
    }
    text.push_str(FILES);
    match &vouched.keyid {
        Some(keyid) => text.push_str(&SIGNED.replace("KEYID", keyid)),
        None => text.push_str(UNSIGNED),
    }
    if vouched.stamped {
        let of = if vouched.keyid.is_some() {
            ENVELOPE
        } else {
            SUMS
        };
        text.push_str(&STAMPED.replace("STAMPED", of));
    }
    // A key that did not sign makes a fault of what is only unsigned.
    let key = if vouched.keyid.is_some() {
        " --key \"$KEY\""
    } else {
        ""
    };
    text.push_str(&AGAIN.replace("KEYFLAG", key));
    text
}

const NAMELESS: &str = "\
Its WHAT are pseudonyms, by HMAC-SHA-256 under a key that the company keeps. Digests and signatures are of what stands
here; the digest of each answer as it arrived is kept under that key.

";

const FILES: &str = "\
## The files are whole

`SHA256SUMS` lists the digest of every file. Each line must end in `OK`:

```sh
sha256sum --check --strict SHA256SUMS
```

Whether a file was added, this tells: it prints nothing where there is none.

```sh
find . -type f ! -name SHA256SUMS ! -name manifest.dsse.json ! -name timestamp.tsr ! -name VERIFY.md |
  sed 's|^\\./||' | LC_ALL=C sort | while read -r file; do
    grep -qF \"  $file\" SHA256SUMS || echo \"not listed: $file\"
  done
```

";

const UNSIGNED: &str = "\
## It is not signed

Nobody vouches for these digests: whoever can change a file can write new ones. Ask for the signature
(`tieout sign BUNDLE --key …` adds it), or compare the digest of `SHA256SUMS` with one that you were told by another way.

";

const SIGNED: &str = "\
## It is signed

`manifest.dsse.json` is a DSSE envelope around an in-toto statement, signed with Ed25519. Get the signer's public key by
another way than with this bundle, and let `KEY` name its file. Its id must be

    KEYID

```sh
openssl pkey -pubin -in \"$KEY\" -outform DER | sha256sum
```

What is signed is the payload with its type and both lengths in front. This takes it out of the envelope, and holds the
digests in it against the files:

```sh
work=$(mktemp -d)
python3 - \"$work\" <<'END'
import base64, hashlib, json, pathlib, sys
work = pathlib.Path(sys.argv[1])
envelope = json.loads(pathlib.Path('manifest.dsse.json').read_text())
kind = envelope['payloadType'].encode()
payload = base64.b64decode(envelope['payload'])
signed = b'DSSEv1 %d %s %d %s' % (len(kind), kind, len(payload), payload)
(work / 'signed').write_bytes(signed)
(work / 'signature').write_bytes(base64.b64decode(envelope['signatures'][0]['sig']))
for subject in json.loads(payload)['subject']:
    found = hashlib.sha256(pathlib.Path(subject['name']).read_bytes()).hexdigest()
    if found != subject['digest']['sha256']:
        sys.exit('FAILED: ' + subject['name'])
print('the files are those of the statement')
END
openssl pkeyutl -verify -pubin -inkey \"$KEY\" -rawin -in \"$work/signed\" -sigfile \"$work/signature\"
rm -r \"$work\"
```

The same with the library of the in-toto project (`pip install securesystemslib cryptography`):

```sh
python3 - \"$KEY\" <<'END'
import json, pathlib, sys
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
envelope = json.loads(pathlib.Path('manifest.dsse.json').read_text())
keyid = envelope['signatures'][0]['keyid']
key = load_pem_public_key(pathlib.Path(sys.argv[1]).read_bytes())
Envelope.from_dict(envelope).verify([SSlibKey.from_crypto(key, keyid=keyid)], threshold=1)
print('the signature verifies')
END
```

";

const STAMPED: &str = "\
## It was there by a certain time

`timestamp.tsr` is an RFC 3161 answer over `STAMPED`. Let `TSA_CA` name a file with the certificate of the authority that you
trust:

```sh
openssl ts -verify -in timestamp.tsr -data STAMPED -CAfile \"$TSA_CA\"
openssl ts -reply -in timestamp.tsr -text | grep 'Time stamp:'
```

";

const AGAIN: &str = "\
## The verdicts follow from the answers

The files under `calls/` hold what AWS answered, a line of JSON to an attempt (`zstd -dc FILE`). Every verdict in
`verdicts.ndjson.zst` cites its calls, with the request ids under which CloudTrail has them too. With tieout, the scan is
performed again from these answers and every verdict compared, with no access to AWS:

    tieout verify .KEYFLAG

On the ZIP that this text came in it says the same, and also whether the papers beside the bundle are those of its list:

    tieout verify FILE.zipKEYFLAG
";
