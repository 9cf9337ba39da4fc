package io.playlog.listen;

import io.playlog.listen.Listen.Details;
import io.playlog.names.Names;

/**
 * A message that was found valid before it is sent: the stream stores its listen.
 *
 * @param listen as the stream reads it
 * @param json the message's value
 */
public record ListenMessage(Listen listen, byte[] json) {

  /**
   * @param song null if there is none
   * @param start milliseconds since the epoch
   * @param details of which texts may be blank, and then say nothing
   * @param now milliseconds since the epoch; a message that is sent has a later record timestamp,
   *     so what is not too far in the future now is not either for the stream
   * @throws RejectedException with the reason for which the stream would refuse the message
   */
  public static ListenMessage of(String name, String song, long start, Details details, long now)
      throws RejectedException {
    if (song == null) {
      throw new RejectedException(RejectReason.SONG_MISSING);
    }
    byte[] json;
    try {
      json = ListenJson.toBytes(new Listen(name, song, start, known(details)));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(RejectReason.NOT_UTF8);
    }
    return new ListenMessage(ListenParser.parse(json, now), json);
  }

  /**
   * What a message may have of these: texts of the catalogue have no bound. One that is too long is
   * left out, so that its listen is not refused.
   */
  public static Details fitting(Details details) {
    return DetailFields.fitting(details);
  }

  private static Details known(Details details) {
    return new Details(
        orNull(details.artist()),
        orNull(details.album()),
        details.msPlayed(),
        orNull(details.source()));
  }

  private static String orNull(String text) {
    return text == null || Names.isBlank(text) ? null : text;
  }
}
