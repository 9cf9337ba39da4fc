package io.playlog.names;

/** Characters that show nothing when they stand alone. */
final class InvisibleCharacters {
  private InvisibleCharacters() {}

  static boolean contains(int character) {
    if (character > ' ' && character < 0x7f) {
      return false;
    }
    return isSpace(character)
        || Character.getType(character) == Character.CONTROL
        || isIgnorable(character);
  }

  /** Unicode's white space, and letters that fill a place without a mark in it. */
  static boolean isSpace(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || switch (character) {
          // Next line; fillers of Hangul and of Khitan; Braille without dots; a note without a
          // head; blanks between hieroglyphs.
          case 0x85, 0x115f, 0x1160, 0x3164, 0xffa0, 0x16fe4, 0x2800, 0x1d159 -> true;
          case 0x13441, 0x13442 -> true;
          default -> false;
        };
  }

  /**
   * Unicode's Default_Ignorable_Code_Point, which Java's regular expressions do not know, the marks
   * of interlinear annotation, and those that say where a hieroglyph stands.
   */
  private static boolean isIgnorable(int character) {
    return switch (character) {
      case 0xad, 0x34f, 0x61c, 0x17b4, 0x17b5, 0x3164, 0xfeff, 0xffa0 -> true;
      default ->
          isWithin(character, 0x115f, 0x1160)
              || isWithin(character, 0x180b, 0x180f)
              || isWithin(character, 0x200b, 0x200f)
              || isWithin(character, 0x202a, 0x202e)
              || isWithin(character, 0x2060, 0x206f)
              || isWithin(character, 0xfe00, 0xfe0f)
              || isWithin(character, 0xfff0, 0xfffb)
              || isWithin(character, 0x13430, 0x1343f)
              || isWithin(character, 0x1bca0, 0x1bca3)
              || isWithin(character, 0x1d173, 0x1d17a)
              || isWithin(character, 0xe0000, 0xe0fff);
    };
  }

  private static boolean isWithin(int character, int first, int last) {
    return character >= first && character <= last;
  }
}
