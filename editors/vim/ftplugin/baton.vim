" SPDX-License-Identifier: MIT
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#
" :make finds the mistakes of the file.
setlocal makeprg=baton\ check\ -q\ %:S errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m
let b:undo_ftplugin = 'setlocal commentstring< comments< makeprg< errorformat<'
