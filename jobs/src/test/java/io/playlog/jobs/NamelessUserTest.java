package io.playlog.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamelessUserTest {
  @AfterEach
  void forget() {
    UserGroupInformation.setLoginUser(null);
  }

  @Test
  void hadoopAndSparkTakeTheNameThatTheyAreTold() throws IOException {
    NamelessUser.premain("12345", null);
    assertThat(UserGroupInformation.getCurrentUser().getShortUserName()).isEqualTo("12345");
    assertThat(Utils.getCurrentUserName()).isEqualTo("12345");
  }
}
