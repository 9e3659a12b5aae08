-- Runs at the entry for what a peer answers on the direct path. As over Spegel, containerd sees content or a failure without a word: no
-- challenge, for which it would send the pod's pull secret, no redirect, and no header that means something else to it.

-- What containerd may see of an answer.
local shown = {
  [':status'] = true,
  ['accept-ranges'] = true,
  ['content-length'] = true,
  ['content-range'] = true,
  ['content-type'] = true,
  ['docker-content-digest'] = true,
  date = true,
}

local content = { ['200'] = true, ['206'] = true }

function envoy_on_response(handle)
  local headers = handle:headers()
  local hidden = {}
  for name in pairs(headers) do
    if not shown[name] then hidden[#hidden + 1] = name end
  end
  for _, name in ipairs(hidden) do headers:remove(name) end

  local status = headers:get(':status')
  -- A containerd that fetches a layer in chunks goes on with one stream when it does not learn how long a part is. Of chunks it can take none
  -- from elsewhere: it fails the whole pull when the mirror lacks one.
  if status == '206' then headers:remove('content-length') end
  if content[status] then return end
  -- After these statuses, too, containerd goes on to the origin.
  if status ~= '416' and not status:find('^5') then headers:replace(':status', '404') end
  headers:remove('content-type')
  -- The words may have no end. containerd sees none of them: it would send its next request by this connection, and wait.
  if headers:get('content-length') ~= '0' then handle:streamInfo():drainConnectionUponCompletion() end
  headers:replace('content-length', '0')
  for chunk in handle:bodyChunks() do chunk:setBytes('') end
end
