;;; Opens a file with a mistake, waits for what is found, and lets the fix be made. Run by scripts/test-editors.  -*- lexical-binding: t -*-

(require 'cl-lib)
(package-initialize)
(require 'yaml-mode)
(require 'eglot)
(require 'flymake)

(defun delint-test-wait (what condition)
  "Wait until CONDITION holds, or fail with WHAT."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (message "error: Emacs: %s: %S\n%s" what (flymake-diagnostics) (buffer-string))
        (kill-emacs 1))
      (accept-process-output nil 0.05))))

(defun delint-test-found ()
  "The texts of what is found, each with its place."
  (mapcar (lambda (found)
            (list (flymake-diagnostic-text found)
                  (buffer-substring (flymake-diagnostic-beg found) (flymake-diagnostic-end found))))
          (flymake-diagnostics)))

(find-file "bad.yaml")
;; What `eglot-ensure' has put off until a command has ended.
(run-hooks 'post-command-hook)
(delint-test-wait "the server is connected" #'eglot-current-server)
(delint-test-wait
 "there is one finding"
 (lambda ()
   (flymake-start)
   (pcase (delint-test-found)
     (`((,text "INFO"))
      (and (string-match-p "user-notification-level" text) (string-match-p "exist only at `ERROR`" text))))))

;; Who is asked presses a key, and takes what is proposed: the preferred one.
(setq last-nonmenu-event ?\r)
(cl-letf (((symbol-function 'completing-read)
           (lambda (_prompt _titles _predicate _require _initial _history default) default)))
  (goto-char (point-min))
  (search-forward "INFO")
  (eglot-code-actions (match-beginning 0) (match-end 0) nil t))
(delint-test-wait "the line is mended"
                  (lambda () (string-match-p "LogLevel: ERROR$" (buffer-string))))
;; Changes are sent when nothing is typed for a while, which never comes here, and when a file is written.
(save-buffer)
(delint-test-wait "nothing is left to be found"
                  (lambda () (flymake-start) (null (flymake-diagnostics))))
(message "Emacs: a finding and its fix")
(kill-emacs 0)
