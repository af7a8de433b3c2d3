// GNU readline as Swift 6 can use it: its globals are errors there, so each one needed is set by a
// function here.
#pragma once
#include <dirent.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <readline/readline.h>
#include <readline/history.h>
#ifdef __linux__
#include <sys/signalfd.h>
#endif

typedef char **(*shim_completer)(const char *text, int start, int end);

/// Prepares readline once: our own signals, our own completion, no file names, no environment.
static inline void shim_prepare(shim_completer completer, int (*next_key)(FILE *)) {
  rl_getc_function = next_key;
  // Readline keeps the pointer: people write `$if outside-in` in their inputrc.
  rl_readline_name = "outside-in";
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  rl_change_environment = 0;
  rl_attempted_completion_function = completer;
  rl_basic_word_break_characters = " \t\n\"'";
  rl_completer_quote_characters = "\"'";
}

/// Keeps readline from falling back on file names; reset before every completion by readline.
static inline void shim_only_our_completions(void) { rl_attempted_completion_over = 1; }

/// What is completed are file names: those with blanks get quotes, folders a stroke.
static inline void shim_complete_files(void) {
  rl_filename_completion_desired = 1;
  rl_filename_quoting_desired = 1;
  rl_filename_quote_characters = " \t\n'\"\\";
}

static inline const char *shim_line(void) { return rl_line_buffer; }
static inline int shim_cursor(void) { return rl_point; }
static inline void shim_set_cursor(int point) {
  rl_point = point;
  rl_redisplay();
}
static inline int shim_history_length(void) { return history_length; }

/// Puts text into the line being typed.
static inline void shim_insert(const char *text) {
  rl_insert_text(text);
  rl_redisplay();
}

static inline int shim_columns(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

/// Answers in any script need UTF-8; without it readline swallows them.
static inline void shim_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return;
  // Readline asks the environment again when it begins, and an editor does, too.
  setenv("LC_ALL", "C.UTF-8", 1);
  setlocale(LC_CTYPE, "");
}
