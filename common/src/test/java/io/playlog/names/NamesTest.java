package io.playlog.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  /** First and last of each range that shows nothing, and single ones. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        // White space, also what does not break a line.
        ' ',
        '\t',
        '\n',
        0xb,
        '\r',
        0x1c,
        0x1f,
        0x85,
        0xa0,
        0x1680,
        0x2000,
        0x2007,
        0x200a,
        0x2028,
        0x2029,
        0x202f,
        0x205f,
        0x3000,
        // Control characters.
        0,
        1,
        0x1b,
        0x7f,
        0x80,
        0x9f,
        // Unicode's default ignorable characters.
        0xad,
        0x34f,
        0x61c,
        0x115f,
        0x1160,
        0x17b4,
        0x17b5,
        0x180b,
        0x180e,
        0x180f,
        0x200b,
        0x200d,
        0x200f,
        0x202a,
        0x202e,
        0x2060,
        0x206f,
        0x3164,
        0xfe00,
        0xfe0f,
        0xfeff,
        0xffa0,
        0xfff0,
        0xfffb,
        0x1bca0,
        0x1bca3,
        0x1d173,
        0x1d17a,
        0xe0001,
        0xe0041,
        0xe0100,
        0xe0fff,
        // Letters and signs without a mark.
        0x2800,
        0x13430,
        0x1343f,
        0x13441,
        0x13442,
        0x16fe4,
        0x1d159
      })
  void blankIsWhatCannotBeSeen(int character) {
    String text = Character.toString(character);

    assertThat(Names.isBlank(text)).isTrue();
    assertThat(Names.isBlank(" " + text.repeat(3) + "\u200b")).isTrue();
    assertThat(Names.isBlank(text + "." + text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        '!', '~', 'a', 0xa1, 0x301, 0x1100, 0x1161, 0x2801, 0x30fc, 0xe000, 0xfffc, 0xfffd, 0x1f3b5
      })
  void whatShowsAnythingIsNotBlank(int character) {
    assertThat(Names.isBlank(Character.toString(character))).isFalse();
  }

  @Test
  void withoutCharactersItIsBlank() {
    assertThat(Names.isBlank("")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Ada",
        "Zoë",
        "Müller",
        "Река над городом",
        "桜",
        "が",
        "한국",
        "ﬁ",
        "Ａ",
        "½",
        "🎵👩‍👩‍👧"
      })
  void mostNamesAreInFormNfcAndStayTheSameObject(String name) {
    assertThat(Names.toNfc(name)).isSameAs(name);
  }

  /** An accent; kana with a voice mark; Hangul from its letters; a sign for a letter. */
  @Test
  void anythingElseIsPutIntoFormNfc() {
    assertThat(Names.toNfc("Cafe\u0301 del Mar")).isEqualTo("Caf\u00e9 del Mar");
    assertThat(Names.toNfc("か\u3099")).isEqualTo("が");
    assertThat(Names.toNfc("\u1112\u1161\u11ab")).isEqualTo("한");
    assertThat(Names.toNfc("\u212a\u212b")).isEqualTo("K\u00c5");
    assertThat(Names.toNfc("a\u0323\u0307")).isEqualTo(Names.toNfc("a\u0307\u0323"));
  }

  @Test
  void theShortWayGivesWhatUnicodeSays() {
    Random random = new Random(14);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x380 : 0xd800));
      }
      String name = text.toString();
      assertThat(Names.toNfc(name)).isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
    }
  }
}
