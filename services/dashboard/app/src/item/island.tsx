// The one address that pages of items name: what it loads has names that change with the content.
const place = document.getElementById('newswire-item')
if (place) void import('./mount.js').then(({ mount }) => mount(place))
