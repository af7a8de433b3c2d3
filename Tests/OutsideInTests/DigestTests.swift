import Crypto
import SeededGenerator
import Testing

@testable import QuestionnaireFormat

@Suite("SHA-256")
struct DigestTests {
  /// FIPS 180-2, appendix B, and the empty message.
  @Test(
    "the standard's own examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func examples(message: String, digest: String) {
    let hex = sha256(Array(message.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(hex.joined() == digest)
  }

  /// Around every place where the padding starts another block, the lengths matter and the bytes do not.
  @Test("the library's digest of any bytes, for every length up to four blocks and some long ones")
  func asTheLibrary() {
    var random = SeededGenerator(state: 180)
    for length in Array(0...256) + [1_000, 4_095, 65_537] {
      let message = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(sha256(message) == Array(Crypto.SHA256.hash(data: message)), "\(length) bytes")
    }
  }
}
